--liquibase formatted sql

--changeset tenantry:platform-0003-operations splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Commands that the executables carry out
create table tenantry_control.operations (
  id uuid not null,
  kind text not null,
  tenant_id uuid not null,
  state text not null default 'QUEUED',
  requested_by text not null,
  request_id text,
  worker text,
  lease_until timestamptz,
  attempt int not null default 0,
  error_code text,
  error_detail text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint operations_pkey primary key (id),
  constraint operations_tenant_id_fkey foreign key (tenant_id) references tenantry_control.tenants (id),
  constraint operations_kind_check check (kind ~ '^[A-Z][A-Z_]{0,39}$'),
  constraint operations_state_check check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
  constraint operations_running_check check (
    (state = 'RUNNING') = (worker is not null and lease_until is not null)),
  constraint operations_finished_check check (
    (state in ('SUCCEEDED', 'FAILED')) = (finished_at is not null)),
  constraint operations_error_check check (error_code is null or state = 'FAILED')
);
create unique index operations_unfinished_key on tenantry_control.operations (tenant_id)
  where state in ('QUEUED', 'RUNNING');
create index operations_claim_idx on tenantry_control.operations (created_at, id)
  where state in ('QUEUED', 'RUNNING');
create index operations_tenant_idx on tenantry_control.operations (tenant_id, created_at desc, id desc);
comment on table tenantry_control.operations is 'Commands on tenants; at most one unfinished per tenant';
comment on column tenantry_control.operations.id is 'UUIDv7';
comment on column tenantry_control.operations.kind is 'What is to be done, such as PROVISION';
comment on column tenantry_control.operations.tenant_id is 'The tenant it is done to';
comment on column tenantry_control.operations.state is 'QUEUED, RUNNING, SUCCEEDED or FAILED';
comment on column tenantry_control.operations.requested_by is 'Who asked for it';
comment on column tenantry_control.operations.request_id is 'The request that asked for it';
comment on column tenantry_control.operations.worker is 'Who carries it out; null unless it is running';
comment on column tenantry_control.operations.lease_until is 'After this another worker may take it over';
comment on column tenantry_control.operations.attempt is 'How often it was claimed';
comment on column tenantry_control.operations.error_code is 'Code from the error catalogue, when it failed';
comment on column tenantry_control.operations.error_detail is 'Which step failed and why';
comment on column tenantry_control.operations.created_at is 'When it was asked for';
comment on column tenantry_control.operations.started_at is 'When it was first claimed';
comment on column tenantry_control.operations.finished_at is 'When it ended, either way';
--rollback drop table tenantry_control.operations;

--changeset tenantry:platform-0003-operation-steps splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The steps of an operation, each done once
create table tenantry_control.operation_steps (
  operation_id uuid not null,
  number int not null,
  name text not null,
  state text not null default 'RUNNING',
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  detail text,
  constraint operation_steps_pkey primary key (operation_id, number),
  constraint operation_steps_operation_id_fkey foreign key (operation_id)
    references tenantry_control.operations (id) on delete cascade,
  constraint operation_steps_number_check check (number > 0),
  constraint operation_steps_state_check check (state in ('RUNNING', 'SUCCEEDED', 'FAILED')),
  constraint operation_steps_finished_check check ((state = 'RUNNING') = (finished_at is null))
);
comment on table tenantry_control.operation_steps is 'What an operation has done so far; a resumed one goes on behind the last that succeeded';
comment on column tenantry_control.operation_steps.operation_id is 'The operation';
comment on column tenantry_control.operation_steps.number is 'Order within the operation, from 1';
comment on column tenantry_control.operation_steps.name is 'What the step does';
comment on column tenantry_control.operation_steps.state is 'RUNNING, SUCCEEDED or FAILED';
comment on column tenantry_control.operation_steps.started_at is 'When it was last begun';
comment on column tenantry_control.operation_steps.finished_at is 'When it ended, either way';
comment on column tenantry_control.operation_steps.detail is 'What it found or why it failed';
--rollback drop table tenantry_control.operation_steps;
