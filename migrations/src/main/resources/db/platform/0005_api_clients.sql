--liquibase formatted sql

--changeset tenantry:platform-0005-api-clients splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Clients of the built-in token issuer
create table tenantry_control.api_clients (
  client_id text not null,
  tenant_id uuid,
  secret_hash text not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint api_clients_pkey primary key (client_id),
  constraint api_clients_tenant_id_fkey foreign key (tenant_id) references tenantry_control.tenants (id),
  constraint api_clients_client_id_check check (length(client_id) between 1 and 100),
  constraint api_clients_scopes_check check (cardinality(scopes) > 0)
);
create index api_clients_tenant_idx on tenantry_control.api_clients (tenant_id, client_id);
comment on table tenantry_control.api_clients is 'Clients of the built-in token issuer';
comment on column tenantry_control.api_clients.client_id is 'What it calls itself';
comment on column tenantry_control.api_clients.tenant_id is 'The tenant its tokens are for; null: the platform';
comment on column tenantry_control.api_clients.secret_hash is 'Its secret, hashed, with the name of the method in front';
comment on column tenantry_control.api_clients.scopes is 'What its tokens may say';
comment on column tenantry_control.api_clients.created_at is 'When it was made';
comment on column tenantry_control.api_clients.revoked_at is 'Since when it gets no more tokens; null: it does';
--rollback drop table tenantry_control.api_clients;
