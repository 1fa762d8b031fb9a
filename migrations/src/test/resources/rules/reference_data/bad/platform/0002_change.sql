--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table tenantry_demo.ref_currencies (
  code text not null,
  constraint ref_currencies_pkey primary key (code)
);
comment on table tenantry_demo.ref_currencies is 'Currencies';
comment on column tenantry_demo.ref_currencies.code is 'ISO 4217';
--rollback empty
