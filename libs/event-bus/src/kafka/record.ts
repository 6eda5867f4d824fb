import type { KafkaMessage, Message } from 'kafkajs';
import { LogEvent } from '../position';

/**
 * An event as a record: its key, its envelope as JSON, and in headers what is needed to leave it unread
 * (CloudEvents over Kafka, structured mode: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md).
 */
export function toRecord({ key, body, eventId, type, tenantId }: LogEvent): Message {
  return {
    key,
    value: body,
    headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8', ce_id: eventId, ce_type: type, ce_tenantid: tenantId },
  };
}

/** The event of a record, its id the offset; nothing for a record without content, which only deletes. */
export function fromRecord({ key, value, headers, offset }: KafkaMessage): LogEvent | undefined {
  if (!key || !value) return undefined;
  const header = (name: string) => String(headers?.[name] ?? '');
  return new LogEvent(Number(offset), header('ce_tenantid'), header('ce_id'), String(key), header('ce_type'), String(value));
}
