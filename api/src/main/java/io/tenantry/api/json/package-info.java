/** How JSON is read and written: strict, with decimals and times as text. */
@NullMarked
package io.tenantry.api.json;

import org.jspecify.annotations.NullMarked;
