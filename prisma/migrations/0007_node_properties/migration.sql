-- CreateTable
CREATE TABLE "DataNodeProperty" (
    "dataNodeId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "number" DOUBLE PRECISION,
    "text" TEXT,

    CONSTRAINT "DataNodeProperty_pkey" PRIMARY KEY ("dataNodeId","path")
);

-- CreateIndex
CREATE INDEX "DataNodeProperty_projectId_path_number_idx" ON "DataNodeProperty"("projectId", "path", "number");

-- CreateIndex
CREATE INDEX "DataNodeProperty_projectId_path_text_idx" ON "DataNodeProperty"("projectId", "path", "text");

-- AddForeignKey
ALTER TABLE "DataNodeProperty" ADD CONSTRAINT "DataNodeProperty_dataNodeId_fkey" FOREIGN KEY ("dataNodeId") REFERENCES "DataNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The numbers, words and truths within a value, each by its path, so that ranges have an index. Kept by the database itself: values never
-- change, so that what is written once stays right. Lists are left out, and all beyond 100 entries or four levels.
CREATE FUNCTION brine_properties("value" JSONB)
RETURNS TABLE ("path" TEXT, "number" DOUBLE PRECISION, "text" TEXT)
LANGUAGE sql IMMUTABLE AS $$
  WITH RECURSIVE flat("path", "inner", "depth") AS (
    SELECT e.key, e.value, 1 FROM jsonb_each("value") e
    UNION ALL
    SELECT flat."path" || '.' || e.key, e.value, flat."depth" + 1
    FROM flat CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(flat."inner") WHEN 'object' THEN flat."inner" ELSE '{}' END) e
    WHERE flat."depth" < 4
  )
  SELECT DISTINCT ON (flat."path") flat."path",
    CASE jsonb_typeof(flat."inner") WHEN 'number' THEN (flat."inner" #>> '{}')::double precision END,
    CASE WHEN jsonb_typeof(flat."inner") <> 'number' THEN left(flat."inner" #>> '{}', 200) END
  FROM flat
  WHERE jsonb_typeof(flat."inner") IN ('number', 'string', 'boolean') AND length(flat."path") <= 200
  ORDER BY flat."path"
  LIMIT 100
$$;

CREATE FUNCTION brine_index_value() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "DataNodeProperty" ("dataNodeId", "projectId", "path", "number", "text")
  SELECT NEW."id", NEW."projectId", p."path", p."number", p."text" FROM brine_properties(NEW."value") p;
  RETURN NULL;
END
$$;

CREATE TRIGGER "DataNode_properties" AFTER INSERT ON "DataNode"
FOR EACH ROW WHEN (jsonb_typeof(NEW."value") = 'object') EXECUTE FUNCTION brine_index_value();

INSERT INTO "DataNodeProperty" ("dataNodeId", "projectId", "path", "number", "text")
SELECT n."id", n."projectId", p."path", p."number", p."text"
FROM "DataNode" n CROSS JOIN LATERAL brine_properties(n."value") p WHERE jsonb_typeof(n."value") = 'object';
