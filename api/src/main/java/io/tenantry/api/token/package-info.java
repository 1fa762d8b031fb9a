/** What tokens say, and which of them are believed. */
@NullMarked
package io.tenantry.api.token;

import org.jspecify.annotations.NullMarked;
