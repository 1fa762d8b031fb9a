--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false stripComments:true
--comment: A change
comment on table desk_orders is 'Orders';
--rollback empty
