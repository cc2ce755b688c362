CREATE TABLE "contact_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"state" text NOT NULL,
	"wishes" jsonb NOT NULL,
	"look" jsonb NOT NULL,
	"plan" jsonb,
	"progress" integer DEFAULT 0 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"counts" jsonb,
	"result" jsonb,
	"undone" jsonb,
	"problem" text,
	"created_by" text NOT NULL,
	"actor" text NOT NULL,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"ran_at" timestamp with time zone,
	CONSTRAINT "contact_import_state" CHECK (state in ('draft', 'checking', 'checked', 'running', 'done', 'cancelled', 'undoing', 'undone', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "contact_import_piece" (
	"import_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"octets" "bytea" NOT NULL,
	CONSTRAINT "contact_import_piece_import_id_n_pk" PRIMARY KEY("import_id","n")
);
--> statement-breakpoint
CREATE TABLE "contact_import_row" (
	"import_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"phone" text,
	"draft" jsonb,
	"problem" text,
	"detail" text,
	"cells" jsonb,
	"outcome" text,
	"changes" jsonb,
	"consent_before" jsonb,
	"undo" text,
	"undo_detail" text,
	CONSTRAINT "contact_import_row_import_id_n_pk" PRIMARY KEY("import_id","n")
);
--> statement-breakpoint
ALTER TABLE "consent_entry" DROP CONSTRAINT "consent_entry_state";--> statement-breakpoint
CREATE INDEX "contact_import_working" ON "contact_import" USING btree ("updated_at") WHERE state in ('checking', 'running', 'undoing');--> statement-breakpoint
CREATE INDEX "contact_import_row_phone" ON "contact_import_row" USING btree ("phone","import_id") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "contact_import_row_problem" ON "contact_import_row" USING btree ("import_id","n") WHERE problem is not null;--> statement-breakpoint
CREATE INDEX "contact_import_row_kept" ON "contact_import_row" USING btree ("import_id","n") WHERE undo_detail is not null;--> statement-breakpoint
ALTER TABLE "consent_entry" ADD CONSTRAINT "consent_entry_state" CHECK (state in ('in', 'out', 'pending', 'none'));