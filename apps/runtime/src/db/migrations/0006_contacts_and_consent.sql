CREATE TABLE "consent" (
	"topic" text NOT NULL,
	"phone" text NOT NULL,
	"state" text NOT NULL,
	"channel" text,
	"source" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "consent_topic_phone_pk" PRIMARY KEY("topic","phone"),
	CONSTRAINT "consent_state" CHECK (state in ('in', 'out', 'pending'))
);
--> statement-breakpoint
CREATE TABLE "consent_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"topic" text NOT NULL,
	"state" text NOT NULL,
	"channel" text,
	"words" text,
	"source" text NOT NULL,
	"actor" text NOT NULL,
	"actor_name" text NOT NULL,
	"message" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "consent_entry_state" CHECK (state in ('in', 'out', 'pending'))
);
--> statement-breakpoint
CREATE TABLE "consent_review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"phone" text NOT NULL,
	"message" uuid NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decided_by_name" text,
	CONSTRAINT "consent_review_state" CHECK (state in ('open', 'accepted', 'dismissed'))
);
--> statement-breakpoint
CREATE TABLE "erased_opt_out" (
	"hash" text NOT NULL,
	"topic" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "erased_opt_out_hash_topic_pk" PRIMARY KEY("hash","topic")
);
--> statement-breakpoint
CREATE TABLE "contact_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"source" text NOT NULL,
	"actor" text NOT NULL,
	"actor_name" text NOT NULL,
	"changes" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_field" (
	"key" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"type" text NOT NULL,
	"choices" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_field_type" CHECK (type in ('text', 'number', 'date', 'yes-no', 'choice'))
);
--> statement-breakpoint
CREATE TABLE "contact_group" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"query" text,
	"source" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_group_kind" CHECK (kind in ('static', 'query')),
	CONSTRAINT "contact_group_query" CHECK ((kind = 'query') = (query is not null))
);
--> statement-breakpoint
CREATE TABLE "contact_note" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"text" text NOT NULL,
	"author" text NOT NULL,
	"author_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_member" (
	"group_id" text NOT NULL,
	"phone" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "group_member_group_id_phone_pk" PRIMARY KEY("group_id","phone")
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "last_heard_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "consent_phone" ON "consent" USING btree ("phone","topic");--> statement-breakpoint
CREATE INDEX "consent_entry_phone" ON "consent_entry" USING btree ("phone","id");--> statement-breakpoint
CREATE INDEX "consent_review_open" ON "consent_review" USING btree ("id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "consent_review_phone" ON "consent_review" USING btree ("phone","id");--> statement-breakpoint
CREATE INDEX "contact_change_phone" ON "contact_change" USING btree ("phone","id");--> statement-breakpoint
CREATE INDEX "contact_note_phone" ON "contact_note" USING btree ("phone","id");--> statement-breakpoint
CREATE INDEX "group_member_phone" ON "group_member" USING btree ("phone","group_id");--> statement-breakpoint
CREATE INDEX "contact_created" ON "contact" USING btree ("created_at","phone");--> statement-breakpoint
CREATE INDEX "contact_heard" ON "contact" USING btree ("last_heard_at","phone") WHERE last_heard_at is not null;--> statement-breakpoint
CREATE INDEX "contact_language" ON "contact" USING btree (lower("language"),"phone");--> statement-breakpoint
CREATE INDEX "contact_words" ON "contact" USING gin (to_tsvector('simple', coalesce("name", '')));--> statement-breakpoint
CREATE INDEX "contact_phone_start" ON "contact" USING btree ("phone" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "contact_phone_end" ON "contact" USING btree (reverse("phone") text_pattern_ops);--> statement-breakpoint
-- By hand from here to the last line: what was kept elsewhere moves.
INSERT INTO "contact_group" (id, title, kind, source, created_at, updated_at)
	SELECT g.key, g.key, 'static', 'flow', min(c.created_at), min(c.created_at) FROM "contact" c, jsonb_each_text(c.groups) g GROUP BY g.key;--> statement-breakpoint
INSERT INTO "group_member" (group_id, phone, joined_at)
	SELECT g.key, c.phone, g.value::timestamptz FROM "contact" c, jsonb_each_text(c.groups) g WHERE g.value IS NOT NULL;--> statement-breakpoint
INSERT INTO "consent" (topic, phone, state, channel, source, at)
	SELECT topic, phone, 'out', channel, source, at FROM "suppression";--> statement-breakpoint
INSERT INTO "consent_entry" (id, phone, topic, state, channel, source, actor, actor_name, at)
	SELECT (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(phone || topic), 1, 3) || '8' || substr(md5(topic || phone), 1, 15))::uuid,
		phone, topic, 'out', channel, source, 'contact', '', at FROM "suppression";--> statement-breakpoint
UPDATE "contact" c SET last_heard_at = m.at
	FROM (SELECT phone, max(at) AS at FROM "inbox" WHERE kind = 'mo' GROUP BY phone) m WHERE m.phone = c.phone;--> statement-breakpoint
ALTER TABLE "contact" DROP COLUMN "groups";