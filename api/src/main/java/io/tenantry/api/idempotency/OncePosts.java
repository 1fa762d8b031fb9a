package io.tenantry.api.idempotency;

import io.tenantry.control.IdempotencyStore;
import io.tenantry.persistence.idempotency.IdempotentRequests;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.Answered;
import io.tenantry.tenancy.idempotency.OnceWork;
import io.tenantry.tenancy.idempotency.RequestKey;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.WebUtils;

/** Runs handlers of POST within the transaction that keeps their request's key. Thread-safe. */
@Component
class OncePosts {

  private final IdempotentRequests tenants;
  private final IdempotencyStore platform;
  private final AnswerForm form;
  private final SecretFingerprint secrets;

  OncePosts(
      IdempotentRequests tenants,
      IdempotencyStore platform,
      AnswerForm form,
      SecretFingerprint secrets) {
    this.tenants = tenants;
    this.platform = platform;
    this.form = form;
    this.secrets = secrets;
  }

  /**
   * Calls the handler. With a key the answer is written here, byte for byte as it is stored, and
   * null, which MVC takes for an answer that was given, comes back.
   */
  @Nullable Object call(MethodInvocation handler) throws Throwable {
    if (!(RequestContextHolder.getRequestAttributes()
        instanceof ServletRequestAttributes attributes)) {
      return handler.proceed();
    }
    HttpServletRequest request = attributes.getRequest();
    HttpServletResponse response = attributes.getResponse();
    KeyedRequest keyed = WebUtils.getNativeRequest(request, KeyedRequest.class);
    if (keyed == null || response == null) {
      return handler.proceed();
    }
    Optional<TenantId> tenant = TenantContext.current();
    String whose = tenant.isPresent() ? tenant.get().toString() : caller(request);
    // Before the transaction: no connection waits for a slow hash.
    RequestKey key = secrets.keepable(whose, keyed.key(), handler.getArguments());
    OnceWork work = new Handled(handler, request);
    Answered answered =
        tenant.isPresent() ? tenants.once(key, work) : platform.once(whose, key, work);
    form.write(request, response, answered);
    return null;
  }

  private static String caller(HttpServletRequest request) {
    if (request.getUserPrincipal() instanceof JwtAuthenticationToken token) {
      // A subject is its issuer's own: another issuer's may be called the same. No URI has a space.
      return token.getToken().getClaimAsString("iss") + " " + token.getName();
    }
    throw new IllegalStateException("Security lets nobody in without a token.");
  }

  private final class Handled implements OnceWork {

    private final MethodInvocation handler;
    private final HttpServletRequest request;

    Handled(MethodInvocation handler, HttpServletRequest request) {
      this.handler = handler;
      this.request = request;
    }

    @Override
    public Made run() {
      try {
        // An invocation goes on from where it is: only a copy can be run a second time.
        MethodInvocation fresh =
            handler instanceof ProxyMethodInvocation proxied ? proxied.invocableClone() : handler;
        return form.made(handler.getMethod(), fresh.proceed());
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("A handler failed.", e);
      }
    }

    @Override
    public StoredAnswer refusal(TenantryException refusal) {
      return form.refusal(request, refusal);
    }
  }
}
