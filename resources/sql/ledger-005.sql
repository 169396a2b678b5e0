-- All that travels with a request beside its parameters (core/Provenance), as JSON: parents were the first of it.
ALTER TABLE jobs ADD COLUMN provenance TEXT NOT NULL DEFAULT '';
UPDATE jobs SET provenance = '{"parents":' || parents || '}' WHERE parents <> '';
ALTER TABLE jobs DROP COLUMN parents;
-- The seed that the service says it used; NULL where it did not say.
ALTER TABLE jobs ADD COLUMN reported_seed INTEGER;
-- What is filed is asked of the library, by the pictures' own records; here what nobody knows the end of.
DROP INDEX jobs_by_identity;
CREATE INDEX jobs_unknown_by_identity ON jobs (identity, endpoint) WHERE state = 'unknown';
