/** Research reports, in a schema that all tenants share under row-level security. */
@NullMarked
package io.tenantry.persistence.reports;

import org.jspecify.annotations.NullMarked;
