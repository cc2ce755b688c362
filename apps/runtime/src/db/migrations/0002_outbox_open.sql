DROP INDEX "outbox_queue";--> statement-breakpoint
DROP INDEX "outbox_open";--> statement-breakpoint
CREATE INDEX "outbox_queue" ON "outbox" USING btree ("link","priority","due_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("phone_hash") WHERE state in ('queued', 'sending');