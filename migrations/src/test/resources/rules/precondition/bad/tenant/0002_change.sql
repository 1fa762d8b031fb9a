--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 select count(*) from desk_orders
comment on table desk_orders is 'Orders';
--rollback empty
