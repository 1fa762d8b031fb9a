package io.tenantry.api.tracing;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tenantry.api.token.Caller;
import io.tenantry.tenancy.TenantId;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/**
 * What a request tells: the labels of its metric are closed sets, and the tenant is in the span
 * alone. The path is in neither, since callers put their own words there.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
class ObservedRequests {

  @Bean
  ServerRequestObservationConvention requestConvention() {
    return new Convention();
  }

  private static final class Convention extends DefaultServerRequestObservationConvention {

    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
      return KeyValues.of(
          Caller.of(Objects.requireNonNull(context.getCarrier()))
              .map(Caller::tenant)
              .map(TenantId::toString)
              .map(tenant -> KeyValues.of(KeyValue.of("tenant.id", tenant)))
              .orElseGet(KeyValues::empty));
    }
  }
}
