-- An article's revisions in the order of their import, without reading its feed.
CREATE INDEX feed_revisions ON feed (article, seq) WHERE op = 'revision';
