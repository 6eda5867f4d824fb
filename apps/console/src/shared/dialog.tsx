import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './focus-back';

/** A modal dialog: named by its title, closed by Esc, the cross, or a click beside it; then the focus is where it was. */
export function Dialog({
  onDone,
  className,
  ...rest
}: { onDone: () => void; title: string } & Pick<ModalProps, 'size' | 'children' | 'className' | 'yOffset'>) {
  const { t } = useTranslation();
  useFocusBack(true);
  return (
    <Modal opened onClose={onDone} closeButtonProps={{ 'aria-label': t('common.close') }} {...rest} {...(className ? { className } : {})} />
  );
}
