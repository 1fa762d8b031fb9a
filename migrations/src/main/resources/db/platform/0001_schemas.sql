--liquibase formatted sql

--changeset tenantry:platform-0001-history-key splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The history table gets the key that it lacks as Liquibase makes it
alter table tenantry_control.databasechangelog
  add constraint databasechangelog_pkey primary key (id, author, filename);
comment on table tenantry_control.databasechangelog is 'Changesets of the platform that have run';
--rollback alter table tenantry_control.databasechangelog drop constraint databasechangelog_pkey;
--rollback comment on table tenantry_control.databasechangelog is null;

--changeset tenantry:platform-0001-schemas splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The schemas that belong to the platform
comment on schema tenantry_control is 'The platform''s own tables: directory, operations, audit';
create schema tenantry_api;
comment on schema tenantry_api is 'Tables that all tenants share under row-level security, and reference data';
create schema tenantry_demo;
comment on schema tenantry_demo is 'What the demo shows; empty in production';
create schema tenantry_telemetry;
comment on schema tenantry_telemetry is 'Aggregates for platform-wide dashboards';
create schema tenantry_ext;
comment on schema tenantry_ext is 'Extensions';
--rollback comment on schema tenantry_control is null;
--rollback drop schema tenantry_ext;
--rollback drop schema tenantry_telemetry;
--rollback drop schema tenantry_demo;
--rollback drop schema tenantry_api;
