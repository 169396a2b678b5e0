-- Accepted jobs (v2), attempts, the order of sending, what the account said, and what a person did.
ALTER TABLE jobs ADD COLUMN remote_id             TEXT    NOT NULL DEFAULT '';  -- v2's request id
ALTER TABLE jobs ADD COLUMN accepted_ms           INTEGER;
ALTER TABLE jobs ADD COLUMN attempts              INTEGER NOT NULL DEFAULT 0;   -- POSTs begun
ALTER TABLE jobs ADD COLUMN not_before_ms         INTEGER;
ALTER TABLE jobs ADD COLUMN position              REAL    NOT NULL DEFAULT 0;   -- the order of sending
ALTER TABLE jobs ADD COLUMN expected_price_micros INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN balance_before_micros INTEGER;
ALTER TABLE jobs ADD COLUMN balance_after_micros  INTEGER;
ALTER TABLE jobs ADD COLUMN unclaimed             INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN identity              TEXT    NOT NULL DEFAULT '';  -- Request::identity()
UPDATE jobs SET position = id, expected_price_micros = price_micros;
CREATE INDEX jobs_by_identity ON jobs (identity, endpoint) WHERE state = 'filed';
CREATE INDEX jobs_by_sending ON jobs (sent_ms);

CREATE TABLE actions (                            -- what a person did about a job
    id     INTEGER PRIMARY KEY,
    job    INTEGER NOT NULL REFERENCES jobs (id),
    at_ms  INTEGER NOT NULL,
    action TEXT    NOT NULL                       -- cancel, stop waiting, try again, let be …
);
CREATE INDEX actions_by_job ON actions (job);
