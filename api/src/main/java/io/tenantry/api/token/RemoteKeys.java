package io.tenantry.api.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer elsewhere, kept and read again in time. Thread-safe; blocks on the issuer
 * the first time, and when a token names a key that is not known.
 *
 * <p>Tokens that name made-up keys do not make this ask more often than twice in {@link
 * Times#betweenReads}; they are refused meanwhile. While the issuer is away, what was read last
 * serves; where nothing was, it fails with {@link KeySourceException}.
 */
final class RemoteKeys implements JWKSource<SecurityContext>, Closeable {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 2_000;
  private static final int LARGEST_BYTES = 256 * 1024;

  private final Retriever retriever = new Retriever();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final JWKSource<SecurityContext> keys;

  /**
   * How keys are kept.
   *
   * @param kept after how long they are read again
   * @param ahead how long before that a request has them read in the background
   * @param waiting how long a request waits for a read that another one does
   * @param betweenReads in which at most two reads happen; shorter than {@code kept}
   * @param away how long keys serve on while the issuer is away
   */
  record Times(
      Duration kept, Duration ahead, Duration waiting, Duration betweenReads, Duration away) {
    static final Times STANDARD =
        new Times(
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofHours(4));
  }

  RemoteKeys(URI address, Times times) {
    this.keys =
        JWKSourceBuilder.<SecurityContext>create(url(address), retriever)
            .cache(times.kept().toMillis(), times.waiting().toMillis())
            .refreshAheadCache(times.ahead().toMillis(), null, readers, false, null, false)
            .rateLimited(times.betweenReads().toMillis())
            .outageTolerant(times.away().toMillis())
            .build();
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      return keys.get(selector, context);
    } catch (RateLimitReachedException e) {
      if (retriever.away) {
        throw e;
      }
      // What there is was read just now, and the key is not among it.
      return List.of();
    }
  }

  @Override
  public void close() throws IOException {
    if (keys instanceof Closeable closeable) {
      closeable.close();
    }
    readers.shutdownNow();
  }

  private static URL url(URI address) {
    try {
      return address.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("No keys can be read from " + address + ".", e);
    }
  }

  /** Follows no redirect: the keys are at the address that the operator named, or nowhere. */
  private static final class Retriever extends DefaultResourceRetriever {

    private volatile boolean away;

    Retriever() {
      super(CONNECT_MILLIS, READ_MILLIS, LARGEST_BYTES);
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
      try {
        Resource resource = super.retrieveResource(url);
        away = false;
        return resource;
      } catch (IOException e) {
        away = true;
        throw e;
      }
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }
  }
}
