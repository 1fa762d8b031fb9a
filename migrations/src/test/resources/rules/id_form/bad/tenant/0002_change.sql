--liquibase formatted sql

--changeset tenantry:change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
comment on table desk_orders is 'Orders';
--rollback empty

--changeset tenantry:tenant-0002-Change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
comment on table desk_orders is 'Orders';
--rollback empty

--changeset jane:tenant-0002-more splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
comment on table desk_orders is 'Orders';
--rollback empty
