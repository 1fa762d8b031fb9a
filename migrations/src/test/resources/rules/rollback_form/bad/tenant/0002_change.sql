--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
comment on table desk_orders is 'Orders';
--rollback changesetId:tenant-0001-desk-orders changesetAuthor:tenantry

--changeset tenantry:tenant-0002-block splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
comment on table desk_orders is 'Orders';
/* liquibase rollback
comment on table desk_orders is null;
*/
--rollback empty
