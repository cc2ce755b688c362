CREATE TABLE "queue" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" text,
	"config" json NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "queue_source" CHECK (source in ('config', 'api'))
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"bucket" smallint NOT NULL,
	"channel" text NOT NULL,
	"phone" text NOT NULL,
	"id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"node" text NOT NULL,
	"queue" text NOT NULL,
	"topic" text,
	"priority" text NOT NULL,
	"note" text NOT NULL,
	"state" text NOT NULL,
	"assignee" text,
	"assignee_name" text,
	"opened_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	"first_reply_at" timestamp with time zone,
	"last_reply_at" timestamp with time zone,
	"last_heard_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"outcome" text,
	CONSTRAINT "ticket_bucket_id_pk" PRIMARY KEY("bucket","id"),
	CONSTRAINT "ticket_state" CHECK (state in ('open', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "ticket_note" (
	"bucket" smallint NOT NULL,
	"channel" text NOT NULL,
	"phone" text NOT NULL,
	"id" uuid NOT NULL,
	"ticket" uuid NOT NULL,
	"text" text NOT NULL,
	"author" text NOT NULL,
	"author_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ticket_note_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "tracked_link" (
	"bucket" smallint NOT NULL,
	"channel" text NOT NULL,
	"phone" text NOT NULL,
	"token" text NOT NULL,
	"url" text NOT NULL,
	"run_id" uuid,
	"node" text NOT NULL,
	"flow_revision" text NOT NULL,
	"message" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	CONSTRAINT "tracked_link_bucket_token_pk" PRIMARY KEY("bucket","token")
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "timezone" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "groups" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "pending_start" ADD COLUMN "node" text;--> statement-breakpoint
ALTER TABLE "pending_start" ADD COLUMN "text" text;--> statement-breakpoint
ALTER TABLE "pending_start" ADD COLUMN "message" uuid;--> statement-breakpoint
ALTER TABLE "queue" ADD CONSTRAINT "queue_parent_id_queue_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."queue"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ticket_id" ON "ticket" USING btree ("id");--> statement-breakpoint
CREATE INDEX "ticket_open" ON "ticket" USING btree ("queue","id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "ticket_phone" ON "ticket" USING btree ("phone","id");--> statement-breakpoint
CREATE INDEX "ticket_note_ticket" ON "ticket_note" USING btree ("ticket","id");--> statement-breakpoint
CREATE INDEX "tracked_link_token" ON "tracked_link" USING btree ("token");--> statement-breakpoint
CREATE INDEX "outbox_notify" ON "outbox" USING btree ("due_at") WHERE kind = 'notify' and state in ('queued', 'sending');