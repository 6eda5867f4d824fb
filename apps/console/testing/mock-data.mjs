/** Made-up clients, colleagues and conversations in four scripts, long names included. */
const ago = (minutes, seconds = 0) => new Date(Date.now() - minutes * 60_000 - seconds * 1000).toISOString();
const both = (en, ru) => [
  { language: 'en', text: en },
  { language: 'ru', text: ru },
];
const options = (prefix, pairs) => pairs.map(([en, ru], index) => ({ id: `${prefix}-${index}`, name: both(en, ru) }));

export const tenants = [
  {
    id: 't-clinic',
    slug: 'clinic',
    name: 'Sever Clinics',
    shortName: 'Sever',
    colour: 'TEAL',
    languages: ['ru', 'en'],
    timeZone: 'Asia/Novosibirsk',
    reasons: options('cr', [
      ['Book', 'Запись'],
      ['Move or cancel', 'Перенос или отмена'],
      ['Results', 'Результаты'],
      ['Account', 'Личный кабинет'],
      ['Price and hours', 'Цены и часы'],
    ]),
    outcomes: options('co', [
      ['Booked', 'Записан'],
      ['Reserved', 'В резерве'],
      ['Informed', 'Проинформирован'],
      ['Refused', 'Отказ'],
    ]),
  },
  {
    id: 't-shop',
    slug: 'shop',
    name: 'Footpath',
    shortName: 'Footpath',
    colour: 'RUST',
    languages: ['en', 'zh'],
    timeZone: 'Europe/London',
    reasons: options('sr', [
      ['Order status', 'Статус заказа'],
      ['Returns', 'Возврат'],
    ]),
    outcomes: options('so', [
      ['Solved', 'Решено'],
      ['Refund', 'Возврат денег'],
    ]),
  },
  {
    id: 't-ins',
    slug: 'insurer',
    name: 'Harbour Insurance',
    shortName: 'Harbour',
    colour: 'VIOLET',
    languages: ['en', 'zh'],
    timeZone: 'Asia/Shanghai',
    reasons: options('ir', [
      ['Accident', 'Авария'],
      ['Policy', 'Полис'],
    ]),
    outcomes: options('io', [
      ['Claim opened', 'Заявление принято'],
      ['Informed', 'Проинформирован'],
    ]),
  },
];
export const queues = [
  { id: 'q-clinic', tenantId: 't-clinic', name: both('Reception chats', 'Чаты регистратуры'), targetMs: 120_000, nearMs: 80_000 },
  { id: 'q-shop', tenantId: 't-shop', name: both('Orders', 'Заказы'), targetMs: 120_000, nearMs: 80_000 },
  { id: 'q-ins', tenantId: 't-ins', name: both('Accidents', 'Аварии'), targetMs: 120_000, nearMs: 80_000 },
];
const presence = (personId, status, load, reason = null, minutes = 14) => ({
  personId,
  status,
  reason,
  since: ago(minutes),
  load,
  capacity: 4,
  version: 1,
});
export const me = {
  id: 'p-maria',
  name: 'Maria Kern',
  email: 'maria@demo.cordboard.example',
  language: 'en',
  grants: tenants.map(({ id }) => ({ tenantId: id, role: 'SUPERVISOR' })),
  tenants,
  presence: presence('p-maria', 'AVAILABLE', 3),
  permissions: [
    'conversation:read',
    'conversation:read-all',
    'conversation:reply',
    'conversation:close',
    'work:accept',
    'work:take',
    'work:transfer',
    'work:reassign',
    'presence:set',
    'agent:read',
  ],
};
const all = tenants.map(({ id }) => id);
export const agents = [
  { id: 'p-maria', name: 'Maria Kern', tenantIds: all, presence: me.presence },
  { id: 'p-omar', name: 'Omar Aziz', tenantIds: all, presence: presence('p-omar', 'AVAILABLE', 1, null, 52) },
  { id: 'p-olga', name: 'Olga Belova', tenantIds: ['t-clinic'], presence: presence('p-olga', 'AVAILABLE', 4, null, 190) },
  { id: 'p-kate', name: 'Kate Lee', tenantIds: ['t-shop', 't-ins'], presence: presence('p-kate', 'AWAY', 0, 'LUNCH', 12) },
  { id: 'p-dmitri', name: 'Dmitri Sokolov', tenantIds: all, presence: presence('p-dmitri', 'OFFLINE', 0, null, 700) },
];
const conversation = (id, over) => ({
  __typename: 'Conversation',
  id,
  contactId: `k-${id}`,
  contactName: null,
  channel: 'WEBCHAT',
  state: 'OPEN',
  rev: 40,
  openedAt: ago(12),
  closedAt: null,
  reasonId: null,
  outcomeId: null,
  previousId: null,
  lastLine: '',
  lastAuthor: 'CUSTOMER',
  lastAt: ago(2),
  unansweredSince: null,
  inboundCount: 2,
  readCount: 2,
  workState: 'ACTIVE',
  workVersion: 2,
  assigneeId: 'p-maria',
  page: null,
  ...over,
});
export const conversations = [
  conversation('c-anna', {
    tenantId: 't-clinic',
    queueId: 'q-clinic',
    contactName: 'Анна Петрова',
    lastLine: 'Да, четверг после 17:00 подойдёт',
    unansweredSince: ago(0, 12),
    inboundCount: 3,
    readCount: 2,
    page: { url: 'https://clinic.example/doctors/cardiology', title: 'Кардиологи' },
  }),
  conversation('c-helen', {
    tenantId: 't-ins',
    queueId: 'q-ins',
    contactName: 'Helen Cho',
    lastLine: 'I had an accident this morning and',
    unansweredSince: ago(4, 5),
    inboundCount: 3,
    readCount: 0,
    lastAt: ago(4),
  }),
  conversation('c-liu', {
    tenantId: 't-shop',
    queueId: 'q-shop',
    contactName: '刘伟',
    lastLine: 'Do you have these in 42?',
    unansweredSince: ago(1, 38),
    inboundCount: 2,
    readCount: 0,
    lastAt: ago(1),
  }),
  conversation('c-berdsk', {
    tenantId: 't-clinic',
    queueId: 'q-clinic',
    lastLine: 'Результаты придут в кабинет',
    lastAuthor: 'AGENT',
    lastAt: ago(8),
    page: { url: 'https://clinic.example/results', title: 'Результаты анализов и как их получить в личном кабинете' },
  }),
  conversation('c-w1', {
    tenantId: 't-shop',
    queueId: 'q-shop',
    contactName: 'Maximilian Konstantin von Hohenberg-Oettingen',
    lastLine: 'The left shoe is a different size to the right one',
    unansweredSince: ago(0, 41),
    workState: 'OFFERED',
    assigneeId: 'p-omar',
    inboundCount: 1,
    readCount: 0,
  }),
  conversation('c-w2', {
    tenantId: 't-ins',
    queueId: 'q-ins',
    lastLine: '我想了解一下我的保单',
    unansweredSince: ago(3, 2),
    workState: 'QUEUED',
    assigneeId: null,
    inboundCount: 1,
    readCount: 0,
    page: { url: 'https://insurer.example/policies', title: 'Policies' },
  }),
  conversation('c-w3', {
    tenantId: 't-clinic',
    queueId: 'q-clinic',
    lastLine: 'Здравствуйте, сколько стоит приём?',
    unansweredSince: ago(1, 30),
    workState: 'QUEUED',
    assigneeId: null,
    inboundCount: 1,
    readCount: 0,
  }),
  conversation('c-omar', {
    tenantId: 't-ins',
    queueId: 'q-ins',
    contactName: 'Priya Raman',
    lastLine: 'Thank you, that helps',
    assigneeId: 'p-omar',
    lastAt: ago(22),
  }),
  conversation('c-old1', {
    tenantId: 't-clinic',
    queueId: 'q-clinic',
    contactId: 'k-c-anna',
    contactName: 'Анна Петрова',
    state: 'CLOSED',
    openedAt: ago(60 * 24 * 80),
    closedAt: ago(60 * 24 * 80),
    lastAt: ago(60 * 24 * 80),
    reasonId: 'cr-2',
    outcomeId: 'co-2',
    workState: 'DONE',
    assigneeId: null,
    lastLine: 'Спасибо!',
  }),
  conversation('c-old2', {
    tenantId: 't-clinic',
    queueId: 'q-clinic',
    contactId: 'k-c-anna',
    contactName: 'Анна Петрова',
    state: 'CLOSED',
    openedAt: ago(60 * 24 * 190),
    closedAt: ago(60 * 24 * 190),
    lastAt: ago(60 * 24 * 190),
    reasonId: 'cr-0',
    outcomeId: 'co-0',
    workState: 'DONE',
    assigneeId: null,
    lastLine: 'До встречи',
  }),
];
export const contacts = Object.fromEntries(
  conversations.map((each) => [
    each.contactId,
    {
      id: each.contactId,
      tenantId: each.tenantId,
      name: each.contactName,
      language: each.tenantId === 't-clinic' ? 'ru' : 'en',
      createdAt: ago(60 * 24 * 400),
      identities: [{ channel: 'WEBCHAT', value: '0199c3f2-7a41-7c1e-9b52-3d1f8a6e55aa' }],
    },
  ]),
);

const threads = new Map();
const entry = (conversationId, seq, over) => ({
  __typename: 'Entry',
  id: `${conversationId}-${seq}`,
  conversationId,
  seq,
  rev: seq,
  kind: 'MESSAGE',
  author: 'CUSTOMER',
  authorId: null,
  authorName: null,
  text: '',
  clientId: null,
  status: null,
  system: null,
  occurredAt: ago(30 - seq),
  recordedAt: ago(30 - seq),
  ...over,
});
const system = (code, person, durationMs = null, detail = null) => ({
  kind: 'SYSTEM',
  author: 'SYSTEM',
  system: { code, personId: person, personName: agents.find((each) => each.id === person)?.name ?? null, durationMs, detail },
});
const mine = { author: 'AGENT', authorId: 'p-maria', authorName: 'Maria Kern' };

/** The timeline of a conversation, made when first asked for. */
export const entriesOf = (of) => {
  const known = threads.get(of.id);
  if (known) return known;
  const at = (seq, over) => entry(of.id, seq, over);
  const made =
    of.id === 'c-anna'
      ? [
          at(1, system('OPENED', null)),
          at(2, { text: 'Хочу записаться к кардиологу, желательно вечером', occurredAt: ago(27) }),
          at(3, { text: 'Лучше в Бердске', occurredAt: ago(26, 40) }),
          at(4, system('OFFERED', 'p-olga')),
          at(5, system('DECLINED', 'p-olga', 6000, 'busy')),
          at(6, system('ACCEPTED', 'p-maria', 31_000)),
          at(7, { ...mine, kind: 'NOTE', text: 'Was at Dr Orlova in May; card says ECG due this autumn.' }),
          at(8, {
            ...mine,
            status: 'READ',
            text: 'Анна, у доктора Орловой в Бердске есть окна в четверг в 17:20 и в пятницу в 9:40. Что удобнее?',
          }),
          at(9, { ...mine, status: 'DELIVERED', text: 'Подробнее о враче: https://clinic.example/doctors/orlova' }),
          at(10, { text: 'Да, четверг после 17:00 подойдёт', occurredAt: ago(0, 12) }),
        ]
      : of.id === 'c-liu'
        ? Array.from({ length: 240 }, (_, index) =>
            at(index + 1, {
              ...(index % 3 === 1 ? { ...mine, status: 'READ' } : {}),
              text: `Message ${index + 1} ${'lorem ipsum dolor '.repeat(index % 7)}`,
              rev: Math.min(40, index + 1),
              occurredAt: ago(3 + (240 - index) * 7),
            }),
          )
        : [
            at(1, { text: of.lastAuthor === 'CUSTOMER' ? of.lastLine : 'Когда будут результаты?' }),
            ...(of.lastAuthor === 'AGENT'
              ? [
                  at(2, { ...mine, status: 'UNKNOWN', text: of.lastLine }),
                  at(3, { ...mine, status: 'FAILED', text: 'Проверьте, пожалуйста, кабинет' }),
                ]
              : []),
          ];
  threads.set(of.id, made);
  return made;
};
