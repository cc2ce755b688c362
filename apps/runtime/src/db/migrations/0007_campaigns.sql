CREATE TABLE "campaign" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"definition" json NOT NULL,
	"etag" text NOT NULL,
	"is_alert" boolean NOT NULL,
	"last_check" json,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"requested_by" text,
	"requested_by_name" text,
	"requested_at" timestamp with time zone,
	"launched_by" text,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"trouble" text,
	CONSTRAINT "campaign_state" CHECK (state in ('draft', 'requested', 'running', 'paused', 'finished', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "campaign_occurrence" (
	"campaign" uuid NOT NULL,
	"key" text NOT NULL,
	"plan_at" timestamp with time zone NOT NULL,
	"cursor" text,
	"is_planned" boolean DEFAULT false NOT NULL,
	CONSTRAINT "campaign_occurrence_campaign_key_pk" PRIMARY KEY("campaign","key")
);
--> statement-breakpoint
CREATE TABLE "campaign_recipient" (
	"campaign" uuid NOT NULL,
	"phone" text NOT NULL,
	"occurrence" text NOT NULL,
	"variant" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"due_at" timestamp with time zone NOT NULL,
	"before_at" timestamp with time zone,
	"attempt" smallint DEFAULT 0 NOT NULL,
	"message_id" uuid,
	"run_id" uuid,
	"queued_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"replied_at" timestamp with time zone,
	"opted_out_at" timestamp with time zone,
	"possible_duplicate" boolean DEFAULT false NOT NULL,
	"is_open" boolean DEFAULT false NOT NULL,
	CONSTRAINT "campaign_recipient_campaign_phone_occurrence_pk" PRIMARY KEY("campaign","phone","occurrence"),
	CONSTRAINT "campaign_recipient_state_known" CHECK (state in ('planned', 'queued', 'sent', 'delivered', 'failed', 'expired', 'unknown', 'skipped', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "campaign_rule" (
	"name" text PRIMARY KEY NOT NULL,
	"value" json NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "campaign_running" ON "campaign" USING btree ("id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "campaign_recipient_due" ON "campaign_recipient" USING btree ("campaign","due_at","phone") WHERE state = 'planned';--> statement-breakpoint
CREATE INDEX "campaign_recipient_open" ON "campaign_recipient" USING btree ("campaign","phone","occurrence") WHERE is_open;--> statement-breakpoint
CREATE INDEX "campaign_recipient_state" ON "campaign_recipient" USING btree ("campaign","state","phone","occurrence");--> statement-breakpoint
CREATE INDEX "campaign_recipient_phone" ON "campaign_recipient" USING btree ("phone","campaign");