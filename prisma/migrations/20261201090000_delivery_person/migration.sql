-- What was sent to other systems may hold an openid: it is found, and goes, when the person is forgotten.
ALTER TABLE "deliveries" ADD COLUMN "person_key" UUID;
CREATE INDEX "deliveries_of_person" ON "deliveries" ("account_id", "person_key") WHERE "person_key" IS NOT NULL;
