-- Every intent to make a picture, and what became of it. A row is committed before its POST leaves.
CREATE TABLE jobs (
    id                 INTEGER PRIMARY KEY,           -- grows with time: the order of sending
    picture_id         TEXT    NOT NULL UNIQUE,
    model              TEXT    NOT NULL,
    parameters         TEXT    NOT NULL,              -- the whole request, JSON
    seed               INTEGER NOT NULL,
    endpoint           TEXT    NOT NULL,              -- the job is sent only there
    transport          TEXT    NOT NULL DEFAULT 'v1',
    practice           INTEGER NOT NULL,
    state              TEXT    NOT NULL,
    dismissed          INTEGER NOT NULL DEFAULT 0,
    created_ms         INTEGER NOT NULL,              -- UTC, like all times here
    sent_ms            INTEGER,
    ended_ms           INTEGER,
    expected_ms        INTEGER NOT NULL,
    price_micros       INTEGER NOT NULL,              -- micro-dollars
    price_told         INTEGER NOT NULL DEFAULT 0,    -- by the service; else it is the catalogue's
    service_request_id TEXT    NOT NULL DEFAULT '',
    http_status        INTEGER NOT NULL DEFAULT 0,
    error_kind         TEXT    NOT NULL DEFAULT '',
    error_subject      TEXT    NOT NULL DEFAULT '',
    error_detail       TEXT    NOT NULL DEFAULT '',
    kept_path          TEXT    NOT NULL DEFAULT '',   -- bytes that could not be filed or read
    picture_path       TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX jobs_open ON jobs (state) WHERE state <> 'filed' AND dismissed = 0;
