import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

/** An empty or broken place: what it is for, what to do next, one action. */
export function Place(props: {
  icon?: ReactNode;
  title: string;
  /** Nothing else on the page has a heading. */
  alone?: boolean;
  text?: string;
  action?: { label: string; run: () => void };
  alert?: boolean;
}) {
  const Heading = props.alone ? 'h1' : 'h2';
  return (
    <div className="place" role={props.alert ? 'alert' : undefined}>
      {props.icon ? <span className="place-icon">{props.icon}</span> : null}
      <Heading>{props.title}</Heading>
      {props.text ? <p>{props.text}</p> : null}
      {props.action ? (
        <Button variant="default" mt={8} onClick={props.action.run}>
          {props.action.label}
        </Button>
      ) : null}
    </div>
  );
}
