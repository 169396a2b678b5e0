-- The pictures that a job's settings were taken from: a JSON list of ids.
ALTER TABLE jobs ADD COLUMN parents TEXT NOT NULL DEFAULT '';
-- Whether the picture's file has its record, or it was tried to give it one: once, for it may have been
-- taken out on purpose. Jobs that were filed before files had records have 0.
ALTER TABLE jobs ADD COLUMN record_written INTEGER NOT NULL DEFAULT 0;
