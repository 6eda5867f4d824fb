import type { LocalizedText, PersonShape, Role, TenantShape } from '@cordboard/events';

/** Ids of the demo are fixed, so that seeding twice changes nothing and examples can name them. */
const id = (group: number, number: number) => `01900000-0000-7000-8000-${String(group).padStart(4, '0')}${String(number).padStart(8, '0')}`;

export const demoPassword = 'cordboard-demo';
export const demoOperator = { id: id(1, 1), name: 'Cordboard Demo' };

export interface NamedOption {
  id: string;
  name: LocalizedText;
}

export type DemoTenant = TenantShape & { reasons: NamedOption[]; outcomes: NamedOption[] };

const options = (group: number, names: LocalizedText[]): NamedOption[] => names.map((name, index) => ({ id: id(group, index + 1), name }));

const clinic: DemoTenant = {
  id: id(2, 1),
  operatorId: demoOperator.id,
  slug: 'clinic',
  name: 'Sever Clinics',
  shortName: 'Sever',
  colour: 'teal',
  languages: ['ru', 'en'],
  timeZone: 'Asia/Novosibirsk',
  greeting: {
    ru: 'Здравствуйте! Вы в сети клиник «Север». Напишите, чем помочь, — через минуту ответит сотрудник.',
    en: 'Hello! This is Sever Clinics. Tell us what you need; one of us will answer in about a minute.',
  },
  hoursLine: { ru: 'Отвечаем за минуту · до 20:00', en: 'We answer within a minute · until 20:00' },
  sites: [],
  reasons: options(21, [
    { en: 'Book a visit', ru: 'Запись на приём' },
    { en: 'Move or cancel', ru: 'Перенос или отмена' },
    { en: 'Test results', ru: 'Результаты анализов' },
    { en: 'Personal account', ru: 'Личный кабинет' },
    { en: 'Prices and hours', ru: 'Цены и часы работы' },
    { en: 'Another department', ru: 'Другой отдел' },
  ]),
  outcomes: options(22, [
    { en: 'Booked', ru: 'Записан' },
    { en: 'On the reserve list', ru: 'В листе ожидания' },
    { en: 'Call promised', ru: 'Обещан звонок' },
    { en: 'Refused', ru: 'Отказ' },
    { en: 'Informed', ru: 'Получил ответ' },
    { en: 'Escalated', ru: 'Передано в отдел' },
  ]),
};

const shop: DemoTenant = {
  id: id(2, 2),
  operatorId: demoOperator.id,
  slug: 'shop',
  name: 'Footpath',
  shortName: 'Footpath',
  colour: 'rust',
  languages: ['en', 'zh'],
  timeZone: 'Europe/London',
  greeting: {
    en: 'Hello, this is Footpath. Ask about sizes, stock, an order or a return; we are here.',
    zh: '您好，这里是 Footpath。尺码、库存、订单或退换货，请直接留言，我们马上回复。',
  },
  hoursLine: { en: 'We usually answer in two minutes · until 21:00', zh: '通常两分钟内回复 · 服务至 21:00' },
  sites: [],
  reasons: options(23, [
    { en: 'Order status', ru: 'Где заказ', zh: '订单状态' },
    { en: 'Size and stock', ru: 'Размер и наличие', zh: '尺码与库存' },
    { en: 'Return', ru: 'Возврат', zh: '退换货' },
    { en: 'Tell me when it is back', ru: 'Сообщить о поступлении', zh: '到货通知' },
    { en: 'Complaint', ru: 'Жалоба', zh: '投诉' },
  ]),
  outcomes: options(24, [
    { en: 'Ordered', ru: 'Оформлен заказ', zh: '已下单' },
    { en: 'Substitute taken', ru: 'Взяли замену', zh: '接受替代品' },
    { en: 'Notice set', ru: 'Ждёт уведомления', zh: '已设到货通知' },
    { en: 'Refused', ru: 'Отказ', zh: '拒绝' },
    { en: 'Solved', ru: 'Решено', zh: '已解决' },
  ]),
};

const insurer: DemoTenant = {
  id: id(2, 3),
  operatorId: demoOperator.id,
  slug: 'insurer',
  name: 'Harbour Insurance',
  shortName: 'Harbour',
  colour: 'violet',
  languages: ['en', 'zh'],
  timeZone: 'Asia/Shanghai',
  greeting: {
    en: 'Welcome to Harbour Insurance. Had an accident? Say so first and we will put you ahead of the queue.',
    zh: '欢迎来到 Harbour 保险。如遇事故请先说明，我们会优先为您处理。',
  },
  hoursLine: { en: 'Accidents: day and night · other questions until 18:00', zh: '事故报案全天受理 · 其他咨询至 18:00' },
  sites: [],
  reasons: options(25, [
    { en: 'Terms and rates', ru: 'Условия и тарифы', zh: '条款与费率' },
    { en: 'My policy', ru: 'Мой полис', zh: '我的保单' },
    { en: 'Procedures', ru: 'Порядок действий', zh: '办理流程' },
    { en: 'Accident', ru: 'Страховой случай', zh: '事故报案' },
    { en: 'A salesperson', ru: 'Мой агент', zh: '联系业务员' },
  ]),
  outcomes: options(26, [
    { en: 'Answered', ru: 'Получил ответ', zh: '已答复' },
    { en: 'Claim opened', ru: 'Открыто дело', zh: '已立案' },
    { en: 'Passed to salesperson', ru: 'Передано агенту', zh: '已转业务员' },
    { en: 'Documents sent', ru: 'Отправлены документы', zh: '已发送资料' },
  ]),
};

export const demoTenants: readonly DemoTenant[] = [clinic, shop, insurer];

/** A person of the demo; `title` is what `npm start` prints beside the address. */
export type DemoPerson = Omit<PersonShape, 'archivedAt'> & { title: string };

function person(number: number, name: string, language: string, title: string, role: Role, tenants: readonly DemoTenant[]): DemoPerson {
  return {
    id: id(3, number),
    operatorId: demoOperator.id,
    email: `${name.split(' ')[0]?.toLowerCase()}@demo.cordboard.example`,
    name,
    language,
    title,
    grants: tenants.map((tenant) => ({ tenantId: tenant.id, role })),
    chatCapacity: role === 'tenant_admin' ? 0 : 4,
  };
}

export const demoPeople: readonly DemoPerson[] = [
  person(1, 'Maria Kern', 'en', 'agent for all three', 'agent', demoTenants),
  person(2, 'Omar Aziz', 'en', 'agent for all three', 'agent', demoTenants),
  person(3, 'Olga Belova', 'ru', 'agent for Sever Clinics', 'agent', [clinic]),
  person(4, 'Kate Lee', 'en', 'agent for Footpath', 'agent', [shop]),
  person(5, 'Dmitri Sokolov', 'ru', 'supervisor', 'supervisor', demoTenants),
  person(6, 'Irina Volkova', 'ru', 'tenant admin of Sever Clinics', 'tenant_admin', [clinic]),
  person(7, 'Paul Marsh', 'en', 'tenant admin of Footpath', 'tenant_admin', [shop]),
  person(8, 'Helen Wu', 'en', 'tenant admin of Harbour Insurance', 'tenant_admin', [insurer]),
];
