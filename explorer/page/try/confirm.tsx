import { useEffect, useRef } from 'preact/hooks';

interface ConfirmProps {
  readonly text: string;
  readonly danger: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something is done that cannot be undone. */
export function Confirm({ text, danger, onYes, onNo }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={onNo} aria-labelledby="confirm-title">
      <h2 id="confirm-title">Send this to Asterisk?</h2>
      <p>{danger}</p>
      <pre>{text}</pre>
      <div class="send">
        <button type="button" onClick={() => dialog.current?.close()} autofocus>
          Cancel
        </button>
        <button type="button" class="primary danger" onClick={onYes}>
          Send it
        </button>
      </div>
    </dialog>
  );
}
