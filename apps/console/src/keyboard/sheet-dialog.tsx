import { useTranslation } from 'react-i18next';
import { Dialog } from '../shared/dialog';
import { sheet } from './keymap';

/** Every key of the window, on one sheet. */
export default function SheetDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog onDone={onDone} title={t('keys.title')} size={680}>
      <div className="sheet">
        {sheet.map(({ group, rows }) => (
          <section key={group}>
            <h3>{t(`keys.group.${group}`)}</h3>
            <dl>
              {rows.map(({ keys, act }) => (
                <div key={act}>
                  <dt>{t(`keys.act.${act}`)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="small quiet">{t('keys.note')}</p>
    </Dialog>
  );
}
