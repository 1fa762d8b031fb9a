--liquibase formatted sql

--changeset tenantry:platform-0007-research-reports splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Reports: the example of a table that all tenants share
create table tenantry_api.research_reports (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  summary text,
  body text not null,
  symbol text,
  author text,
  status text not null default 'DRAFT',
  version int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint research_reports_pkey primary key (tenant_id, id),
  constraint research_reports_title_check check (length(title) between 1 and 200),
  constraint research_reports_summary_check check (length(summary) <= 2000),
  constraint research_reports_body_check check (length(body) <= 100000),
  constraint research_reports_symbol_check check (length(symbol) between 1 and 32),
  constraint research_reports_author_check check (length(author) between 1 and 200),
  constraint research_reports_status_check check (status in ('DRAFT', 'PUBLISHED'))
);
create index research_reports_time_idx on tenantry_api.research_reports (tenant_id, created_at desc, id desc);
comment on table tenantry_api.research_reports is 'Research reports of all tenants';
comment on column tenantry_api.research_reports.tenant_id is 'The tenant it belongs to';
comment on column tenantry_api.research_reports.id is 'UUIDv7';
comment on column tenantry_api.research_reports.title is 'Title, 1 to 200 characters';
comment on column tenantry_api.research_reports.summary is 'Summary, up to 2,000 characters';
comment on column tenantry_api.research_reports.body is 'Text, up to 100,000 characters';
comment on column tenantry_api.research_reports.symbol is 'The instrument it is about, if one';
comment on column tenantry_api.research_reports.author is 'Who wrote it';
comment on column tenantry_api.research_reports.status is 'DRAFT or PUBLISHED';
comment on column tenantry_api.research_reports.version is 'Counts changes; the ETag';
comment on column tenantry_api.research_reports.created_at is 'When it was made';
comment on column tenantry_api.research_reports.updated_at is 'When it was last changed';
--rollback drop table tenantry_api.research_reports;
