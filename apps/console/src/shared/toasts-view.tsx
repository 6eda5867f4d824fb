import { IconX } from '@cordboard/ui';
import { Button, UnstyledButton } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from './store';
import { closeToast, type Toast, toasts } from './toasts';

function Line({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => closeToast(toast.id), toast.forMs);
    return () => clearTimeout(timer);
  }, [toast]);
  const { action } = toast;
  return (
    <div className="toast" data-tone={toast.tone}>
      <span>{toast.text}</span>
      {action ? (
        <Button
          variant="default"
          onClick={() => {
            closeToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <UnstyledButton className="icon-button" aria-label={t('common.dismiss')} onClick={() => closeToast(toast.id)}>
        <IconX size={16} />
      </UnstyledButton>
    </div>
  );
}

/** Where toasts stand; a polite status, so that readers hear them. */
export function ToastsView() {
  const lines = useStore(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {lines.map((toast) => (
        <Line key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
