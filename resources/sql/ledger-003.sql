-- The pictures that a job's settings were taken from: a JSON list of ids.
ALTER TABLE jobs ADD COLUMN parents TEXT NOT NULL DEFAULT '';
