-- Whether the program was closed between its sending and its end: then the time between the two tells
-- nothing of the service.
ALTER TABLE jobs ADD COLUMN resumed INTEGER NOT NULL DEFAULT 0;
