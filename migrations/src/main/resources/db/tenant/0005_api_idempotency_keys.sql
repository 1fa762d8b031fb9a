--liquibase formatted sql

--changeset tenantry:tenant-0005-api-idempotency-keys splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Answers to requests that carried an Idempotency-Key
create table api_idempotency_keys (
  tenant_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status int,
  headers text,
  body bytea,
  created_at timestamptz not null default now(),
  constraint api_idempotency_keys_pkey primary key (tenant_id, key),
  constraint api_idempotency_keys_key_check check (length(key) between 1 and 255),
  constraint api_idempotency_keys_request_hash_check check (length(request_hash) = 32),
  constraint api_idempotency_keys_status_check check (status between 200 and 499)
);
create index api_idempotency_keys_age_idx on api_idempotency_keys (tenant_id, created_at);
comment on table api_idempotency_keys is 'Requests that carried an Idempotency-Key, and what they were answered';
comment on column api_idempotency_keys.tenant_id is 'The tenant it belongs to';
comment on column api_idempotency_keys.key is 'The caller''s key, unique per tenant';
comment on column api_idempotency_keys.request_hash is 'SHA-256 of method, path with query, and body';
comment on column api_idempotency_keys.status is 'The HTTP status; null: only while its transaction runs';
comment on column api_idempotency_keys.headers is 'The headers to repeat, one a line; null as status is';
comment on column api_idempotency_keys.body is 'The body to repeat; null as status is';
comment on column api_idempotency_keys.created_at is 'When the key was first used; it expires by that';
--rollback drop table api_idempotency_keys;
