--liquibase formatted sql

--changeset tenantry:platform-0011-migration-runs splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Runs that change the schemas of tenants
create table tenantry_control.migration_runs (
  id uuid not null,
  direction text not null,
  state text not null default 'QUEUED',
  target text,
  steps int,
  reverts_run_id uuid,
  canaries text[] not null default '{}',
  wave_percents int[] not null default '{1,10,40,100}',
  failure_budget int not null default 10,
  accepted_failures int not null default 0,
  workers int not null default 2,
  plan_hash text,
  pause_requested boolean not null default false,
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
  constraint migration_runs_pkey primary key (id),
  constraint migration_runs_reverts_run_id_fkey foreign key (reverts_run_id)
    references tenantry_control.migration_runs (id),
  constraint migration_runs_direction_check check (direction in ('UP', 'DOWN', 'REVERT')),
  constraint migration_runs_state_check check (
    state in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED')),
  constraint migration_runs_steps_check check ((direction = 'DOWN') = (steps is not null) and steps > 0),
  constraint migration_runs_reverts_check check ((direction = 'REVERT') = (reverts_run_id is not null)),
  constraint migration_runs_wave_percents_check check (
    cardinality(wave_percents) between 1 and 20 and 100 = wave_percents[cardinality(wave_percents)]
    and 1 <= all (wave_percents) and 100 >= all (wave_percents)),
  constraint migration_runs_failure_budget_check check (failure_budget >= 0),
  constraint migration_runs_workers_check check (workers between 1 and 16),
  constraint migration_runs_running_check check (
    (state = 'RUNNING') = (worker is not null and lease_until is not null)),
  constraint migration_runs_finished_check check (
    (state in ('SUCCEEDED', 'FAILED')) = (finished_at is not null))
);
create unique index migration_runs_unfinished_key on tenantry_control.migration_runs ((true))
  where state in ('QUEUED', 'RUNNING', 'PAUSED');
create index migration_runs_time_idx on tenantry_control.migration_runs (created_at desc, id desc);
comment on table tenantry_control.migration_runs is 'Runs over the schemas of all tenants; at most one unfinished';
comment on column tenantry_control.migration_runs.id is 'UUIDv7';
comment on column tenantry_control.migration_runs.direction is 'UP, DOWN, or REVERT what another run has done';
comment on column tenantry_control.migration_runs.state is 'QUEUED, RUNNING, PAUSED, SUCCEEDED or FAILED';
comment on column tenantry_control.migration_runs.target is 'Id of the changeset that schemas are to end at; empty: before the first; null: the newest, or not found out yet';
comment on column tenantry_control.migration_runs.steps is 'DOWN: how many changesets below the highest version that there is';
comment on column tenantry_control.migration_runs.reverts_run_id is 'REVERT: the run whose changes are taken back';
comment on column tenantry_control.migration_runs.canaries is 'Slugs of the tenants that come first; none: the first percentage';
comment on column tenantry_control.migration_runs.wave_percents is 'How much of all tenants each wave ends at; the last is 100';
comment on column tenantry_control.migration_runs.failure_budget is 'More failures than this pause the run';
comment on column tenantry_control.migration_runs.accepted_failures is 'Failures that were there when it was last resumed; they count no more';
comment on column tenantry_control.migration_runs.workers is 'How many tenants at a time';
comment on column tenantry_control.migration_runs.plan_hash is 'SHA-256 of the compiled text that runs; null until it began';
comment on column tenantry_control.migration_runs.pause_requested is 'No further tenant is begun';
comment on column tenantry_control.migration_runs.requested_by is 'Who asked for it';
comment on column tenantry_control.migration_runs.request_id is 'The request that asked for it';
comment on column tenantry_control.migration_runs.worker is 'Who carries it out; null unless it is running';
comment on column tenantry_control.migration_runs.lease_until is 'After this another worker may take it over';
comment on column tenantry_control.migration_runs.attempt is 'How often it was claimed';
comment on column tenantry_control.migration_runs.error_code is 'Code from the error catalogue: why it was refused or paused itself';
comment on column tenantry_control.migration_runs.error_detail is 'The same in words';
comment on column tenantry_control.migration_runs.created_at is 'When it was asked for';
comment on column tenantry_control.migration_runs.started_at is 'When it was first claimed';
comment on column tenantry_control.migration_runs.finished_at is 'When it ended, either way';
--rollback drop table tenantry_control.migration_runs;

--changeset tenantry:platform-0011-migration-results splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: What a run did to each tenant
create table tenantry_control.migration_results (
  run_id uuid not null,
  tenant_id uuid not null,
  wave int not null,
  state text not null default 'PENDING',
  from_version text not null,
  to_version text not null,
  changeset text,
  sqlstate text,
  detail text,
  attempts int not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  constraint migration_results_pkey primary key (run_id, tenant_id),
  constraint migration_results_run_id_fkey foreign key (run_id)
    references tenantry_control.migration_runs (id) on delete cascade,
  constraint migration_results_state_check check (
    state in ('PENDING', 'SUCCEEDED', 'FAILED', 'SKIPPED')),
  constraint migration_results_finished_check check ((state = 'PENDING') = (finished_at is null))
);
create index migration_results_state_idx on tenantry_control.migration_results (run_id, state, wave);
comment on table tenantry_control.migration_results is 'One row per run and tenant; written in the transaction that changes the schema';
comment on column tenantry_control.migration_results.run_id is 'The run';
comment on column tenantry_control.migration_results.tenant_id is 'Whose schema';
comment on column tenantry_control.migration_results.wave is 'In which wave, from 0; a busy tenant moves on to the next';
comment on column tenantry_control.migration_results.state is 'PENDING, SUCCEEDED, FAILED, or SKIPPED: the schema was gone or is another already';
comment on column tenantry_control.migration_results.from_version is 'Id of its last changeset when the run saw it; empty: none';
comment on column tenantry_control.migration_results.to_version is 'Id of the last changeset that it is to have; empty: none';
comment on column tenantry_control.migration_results.changeset is 'Where it failed, or was last busy';
comment on column tenantry_control.migration_results.sqlstate is 'Why, as SQLSTATE; null: for a reason of ours, or it did not';
comment on column tenantry_control.migration_results.detail is 'Why, in words of ours';
comment on column tenantry_control.migration_results.attempts is 'How often it was begun and found busy, or failed';
comment on column tenantry_control.migration_results.started_at is 'When its last attempt began';
comment on column tenantry_control.migration_results.finished_at is 'When it ended, either way';
alter table tenantry_control.tenant_schemas
  add column held_back boolean not null default false;
comment on column tenantry_control.tenant_schemas.held_back is 'Whether a run has quarantined its tenant; the run that brings it up lifts that';
--rollback alter table tenantry_control.tenant_schemas drop column held_back;
--rollback drop table tenantry_control.migration_results;
