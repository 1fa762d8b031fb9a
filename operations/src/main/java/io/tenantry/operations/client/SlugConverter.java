package io.tenantry.operations.client;

import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.TenantryException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Refuses what is no slug before anything is asked. */
public final class SlugConverter implements ITypeConverter<TenantSlug> {

  @Override
  public TenantSlug convert(String value) {
    try {
      return new TenantSlug(value);
    } catch (TenantryException e) {
      throw new TypeConversionException(e.detail() + " " + e.code().hint());
    }
  }
}
