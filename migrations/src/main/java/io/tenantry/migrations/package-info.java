/** Changes schemas: changelogs, roles and grants, provisioning. */
@NullMarked
package io.tenantry.migrations;

import org.jspecify.annotations.NullMarked;
