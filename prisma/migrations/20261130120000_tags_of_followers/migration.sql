-- Tags that are put on followers at WeChat: what came of each, how many have been marked, and why an account is not marking.

ALTER TABLE "follower_tasks"
  ADD COLUMN "marked_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_error_code" INTEGER,
  ADD COLUMN "last_error_message" TEXT,
  ADD COLUMN "last_error_rid" TEXT;

-- What is due is found tag by tag: a call to WeChat is about one tag and up to fifty people.
DROP INDEX "follower_tasks_due";
CREATE INDEX "follower_tasks_waiting" ON "follower_tasks" ("tag_id", "next_attempt_at", "id") WHERE "state" = 'waiting';

-- Counted as it is written, so that the page of tags never adds up a million rows.
ALTER TABLE "tags" ADD COLUMN "marked_followers" INTEGER NOT NULL DEFAULT 0;

-- Probed with every group of scans: an account that marks nobody has no row in it.
CREATE INDEX "tags_marking" ON "tags" ("account_id") WHERE "marks_followers";

-- WeChat's refusal of the tagging calls themselves. Issuing goes on: it says nothing about other calls.
CREATE TABLE "tagging_holds" (
  "account_id" UUID NOT NULL,
  "code" INTEGER NOT NULL,
  "message" TEXT NOT NULL,
  "rid" TEXT,
  "held_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "until" TIMESTAMPTZ(3),
  CONSTRAINT "tagging_holds_pkey" PRIMARY KEY ("account_id"),
  CONSTRAINT "tagging_holds_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A follower is marked with tags of the own account.
CREATE FUNCTION "judge_follower_tasks"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "made" m JOIN "followers" f ON f."id" = m."follower_id" JOIN "tags" t ON t."id" = m."tag_id"
             WHERE f."account_id" <> m."account_id" OR t."account_id" <> m."account_id") THEN
    RAISE EXCEPTION 'law follower_task_same_account: follower, tag and task belong to one account'
      USING ERRCODE = '23514', CONSTRAINT = 'follower_task_same_account', TABLE = 'follower_tasks';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "follower_tasks_judge_new" AFTER INSERT ON "follower_tasks"
  REFERENCING NEW TABLE AS "made" FOR EACH STATEMENT EXECUTE FUNCTION "judge_follower_tasks"();
