/** What it takes to change the schemas of many tenants, by runs and by others' means. */
@NullMarked
package io.tenantry.bench.fanout;

import org.jspecify.annotations.NullMarked;
