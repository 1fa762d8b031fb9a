--liquibase formatted sql

--changeset tenantry:platform-0001-research-reports splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table tenantry_api.research_reports (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  author text,
  constraint research_reports_pkey primary key (tenant_id, id)
);
comment on table tenantry_api.research_reports is 'A table';
comment on column tenantry_api.research_reports.tenant_id is 'A column';
comment on column tenantry_api.research_reports.id is 'A column';
comment on column tenantry_api.research_reports.title is 'A column';
comment on column tenantry_api.research_reports.author is 'A column';
--rollback drop table tenantry_api.research_reports;
