CREATE SEQUENCE "public"."webhook_message" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "webhook" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"label" text NOT NULL,
	"events" json NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"disabled_by" text,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "webhook" uuid;--> statement-breakpoint
CREATE INDEX "outbox_webhook" ON "outbox" USING btree ("due_at") WHERE kind = 'webhook' and state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_webhook_log" ON "outbox" USING btree ("webhook","rev") WHERE webhook is not null;--> statement-breakpoint
-- From here on by hand: drizzle knows no triggers (docs/decisions/0032).
-- As `bucketOf` in TypeScript: FNV-1a over channel, NUL and phone.
CREATE FUNCTION bucket_of(channel text, phone text) RETURNS smallint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
declare
  octets bytea := convert_to(channel, 'UTF8') || '\x00'::bytea || convert_to(phone, 'UTF8');
  hash bigint := 2166136261;
begin
  for place in 0 .. length(octets) - 1 loop
    hash := ((hash # get_byte(octets, place)) * 16777619) & 4294967295;
  end loop;
  return hash % 64;
end
$$;--> statement-breakpoint
CREATE FUNCTION webhook_type(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select case
    when kind = 'mo.received' then 'message.received'
    when kind in ('mt.sent', 'mt.failed', 'dlr') then 'message.status'
    when kind in ('session.started', 'session.ended', 'session.waiting', 'session.refused') then kind
    when kind = 'result' then 'result.recorded'
    when kind like 'ticket.%' then kind
  end
$$;--> statement-breakpoint
CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  -- A restore brings back what was told already.
  if not exists (select 1 from webhook where is_enabled) or current_setting('textloom.is_restoring', true) = 'on' then
    return null;
  end if;
  insert into outbox (bucket, channel, phone, rev, n, id, kind, phone_hash, source, run_id, segments, priority, payload,
    topic, is_consent, state, created_at, due_at, webhook)
  select e.bucket, e.channel, e.phone, -nextval('webhook_message'), 0, gen_random_uuid(), 'webhook',
    (random() * 2147483647)::int, 'webhook', null, 1, 5,
    json_build_object('webhook', w.id, 'type', e.type, 'at', e.at, 'data', e.data), '', false, 'queued', e.at, e.at, w.id
  from (select bucket, channel, phone, at, data, rev, n, webhook_type(kind) as type from fresh) e
  join webhook w on w.is_enabled
    and w.events::jsonb ?| array[e.type, split_part(e.type, '.', 1) || '.*']
  where e.type is not null
  order by e.at, e.rev, e.n;
  return null;
end
$$;--> statement-breakpoint
CREATE FUNCTION tell_webhooks_of_consent() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if not exists (select 1 from webhook where is_enabled) or current_setting('textloom.is_restoring', true) = 'on' then
    return null;
  end if;
  insert into outbox (bucket, channel, phone, rev, n, id, kind, phone_hash, source, run_id, segments, priority, payload,
    topic, is_consent, state, created_at, due_at, webhook)
  select bucket_of(coalesce(c.channel, ''), c.phone), coalesce(c.channel, ''), c.phone, -nextval('webhook_message'), 0, gen_random_uuid(), 'webhook',
    (random() * 2147483647)::int, 'webhook', null, 1, 5,
    json_build_object('webhook', w.id, 'type', 'contact.consent', 'at', c.at, 'data', json_strip_nulls(json_build_object(
      'consent', c.state, 'topic', c.topic, 'source', c.source, 'message', c.message))),
    '', false, 'queued', c.at, c.at, w.id
  from fresh c
  join webhook w on w.is_enabled and w.events::jsonb ?| array['contact.consent', 'contact.*']
  order by c.id;
  return null;
end
$$;--> statement-breakpoint
CREATE TRIGGER event_tells_webhooks AFTER INSERT ON event REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION tell_webhooks();--> statement-breakpoint
CREATE TRIGGER consent_tells_webhooks AFTER INSERT ON consent_entry REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION tell_webhooks_of_consent();
