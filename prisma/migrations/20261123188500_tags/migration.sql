-- A code and its tags belong to one account.

CREATE FUNCTION "judge_code_tags"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "made" m JOIN "codes" c ON c."id" = m."code_id" JOIN "tags" t ON t."id" = m."tag_id"
             WHERE t."account_id" <> c."account_id") THEN
    RAISE EXCEPTION 'law code_tag_same_account: the tag belongs to another account'
      USING ERRCODE = '23514', CONSTRAINT = 'code_tag_same_account', TABLE = 'code_tags';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "code_tags_judge_new" AFTER INSERT ON "code_tags"
  REFERENCING NEW TABLE AS "made" FOR EACH STATEMENT EXECUTE FUNCTION "judge_code_tags"();
