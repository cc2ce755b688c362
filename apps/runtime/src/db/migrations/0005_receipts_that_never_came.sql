ALTER TABLE "outbox" ADD COLUMN "ask_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "outbox_ask" ON "outbox" USING btree ("link","ask_at") WHERE ask_at is not null;--> statement-breakpoint
CREATE INDEX "receipt_mt" ON "receipt" USING btree ("bucket","channel","phone","rev","n") WHERE segment > 0;