-- Message search narrows a full-text index to the reader's chats; both in one GIN index needs this.
CREATE EXTENSION IF NOT EXISTS btree_gin;
