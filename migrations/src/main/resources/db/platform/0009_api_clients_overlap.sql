--liquibase formatted sql

--changeset tenantry:platform-0009-api-clients-overlap splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The secret before the present one, which works until the overlap ends; and who was revoked lately
alter table tenantry_control.api_clients
  add column previous_secret_hash text,
  add column previous_secret_expires_at timestamptz,
  add constraint api_clients_previous_secret_check check (
    (previous_secret_hash is null) = (previous_secret_expires_at is null));
create index api_clients_revoked_idx on tenantry_control.api_clients (revoked_at) where revoked_at is not null;
comment on column tenantry_control.api_clients.previous_secret_hash is 'The secret before, hashed alike; null: there is none';
comment on column tenantry_control.api_clients.previous_secret_expires_at is 'Until when the secret before works';
--rollback drop index tenantry_control.api_clients_revoked_idx;
--rollback alter table tenantry_control.api_clients drop constraint api_clients_previous_secret_check, drop column previous_secret_expires_at, drop column previous_secret_hash;
