--liquibase formatted sql

--changeset tenantry:platform-0008-idempotency-keys splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Answers to platform requests that carried an Idempotency-Key
create table tenantry_control.idempotency_keys (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  status int,
  headers text,
  body bytea,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pkey primary key (caller, key),
  constraint idempotency_keys_key_check check (length(key) between 1 and 255),
  constraint idempotency_keys_request_hash_check check (length(request_hash) = 32),
  constraint idempotency_keys_status_check check (status between 200 and 499)
);
create index idempotency_keys_age_idx on tenantry_control.idempotency_keys (created_at);
comment on table tenantry_control.idempotency_keys is 'Platform requests that carried an Idempotency-Key, and what they were answered';
comment on column tenantry_control.idempotency_keys.caller is 'The subject of the caller''s token';
comment on column tenantry_control.idempotency_keys.key is 'The caller''s key, unique per caller';
comment on column tenantry_control.idempotency_keys.request_hash is 'SHA-256 of method, path with query, and body';
comment on column tenantry_control.idempotency_keys.status is 'The HTTP status; null: only while its transaction runs';
comment on column tenantry_control.idempotency_keys.headers is 'The headers to repeat, one a line; null as status is';
comment on column tenantry_control.idempotency_keys.body is 'The body to repeat; null as status is';
comment on column tenantry_control.idempotency_keys.created_at is 'When the key was first used; it expires by that';
--rollback drop table tenantry_control.idempotency_keys;

--changeset tenantry:platform-0008-idempotency-keys-caller splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Keys are told apart by issuer too
comment on column tenantry_control.idempotency_keys.caller is 'Issuer and subject of the caller''s token, with a space between';
--rollback comment on column tenantry_control.idempotency_keys.caller is 'The subject of the caller''s token';

--changeset tenantry:platform-0008-idempotency-keys-request-hash splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Requests with a secret are told apart by a slow hash
comment on column tenantry_control.idempotency_keys.request_hash is 'SHA-256 of method, path with query, and body; of a request with a secret, PBKDF2 of that, with caller and key as its salt';
--rollback comment on column tenantry_control.idempotency_keys.request_hash is 'SHA-256 of method, path with query, and body';
