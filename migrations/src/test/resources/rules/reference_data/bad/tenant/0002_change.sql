--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table ref_currencies (
  code text not null,
  constraint ref_currencies_pkey primary key (code)
);
comment on table ref_currencies is 'Currencies';
comment on column ref_currencies.code is 'ISO 4217';
--rollback empty
