package io.tenantry.credentials.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCredentialSourceTest {

  @TempDir private Path temp;
  private Path folder;
  private DirectoryCredentialSource source;

  @BeforeEach
  void makeSecrets() {
    folder = temp.resolve("a/secrets");
    SecretDirectory.createMissing(folder);
    source = new DirectoryCredentialSource(folder);
  }

  @Test
  void everyFileIsReadableByItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void everyDutyHasALoginWithAPasswordOfItsOwn() {
    Map<String, String> passwords = new TreeMap<>();
    for (Duty duty : Duty.values()) {
      assertThat(source.login(duty).user()).isEqualTo(duty.logins().getFirst());
      for (String login : duty.logins()) {
        passwords.put(login, source.login(login).password());
      }
    }
    assertThat(passwords.values()).doesNotHaveDuplicates().allMatch(p -> p.length() >= 43);
  }

  @Test
  void aSecondCallChangesNothing() throws IOException {
    Map<String, String> before = contents();
    SecretDirectory.createMissing(folder);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aSecretThatWasLostIsMadeAnewAndTheOthersStay() throws IOException {
    Map<String, String> before = contents();
    Files.delete(folder.resolve("login.tenantry_app_b"));
    SecretDirectory.createMissing(folder);
    Map<String, String> after = contents();
    assertThat(after.remove("login.tenantry_app_b"))
        .isNotEqualTo(before.remove("login.tenantry_app_b"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void movingThePointerMovesTheDuty() throws IOException {
    Files.writeString(folder.resolve("active.app"), "tenantry_app_b\n");
    assertThat(source.login(Duty.APP)).isEqualTo(source.login("tenantry_app_b"));
  }

  @Test
  void keysAreReadAsTheyWereMade() {
    assertThat(source.capabilityKey().id()).isEqualTo(1);
    assertThat(source.capabilityKey().innerPad()).isEqualTo(source.capabilityKey().innerPad());
    assertThat(source.issuerKey().getPublic()).isEqualTo(source.issuerKey().getPublic());
  }

  @Test
  void aClientSecretIsMadeOnce() {
    assertThat(SecretDirectory.clientSecret(folder, "acme"))
        .isEqualTo(SecretDirectory.clientSecret(folder, "acme"))
        .isNotEqualTo(SecretDirectory.clientSecret(folder, "globex"));
  }

  @Test
  void ofManyWhoMakeASecretAtOnceOneWinsAndAllReadIt() throws Exception {
    Callable<String> make = () -> SecretDirectory.clientSecret(folder, "contended");
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      Set<String> read = new HashSet<>();
      for (Future<String> one : executor.invokeAll(Collections.nCopies(64, make))) {
        read.add(one.get());
      }
      assertThat(read).hasSize(1);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("."));
    }
  }

  @Test
  void aFileOpenToOthersIsRefused() throws IOException {
    Path file = folder.resolve("login.tenantry_migrator");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    refused(() -> source.login(Duty.MIGRATE), "login.tenantry_migrator", "chmod");
  }

  @Test
  void missingEmptyAndMalformedFilesAreNamedWithoutTheirContent() throws IOException {
    refused(() -> source.login("nobody"), "login.nobody", "not there");
    Files.writeString(folder.resolve("login.tenantry_backup"), " \n");
    refused(() -> source.login(Duty.BACKUP), "login.tenantry_backup", "empty");
    Files.writeString(folder.resolve("active.app"), "postgres");
    refused(() -> source.login(Duty.APP), "active.app", "tenantry_app_a");
    Files.writeString(folder.resolve("capability.1"), "c2hvcnQ=");
    refused(() -> source.capabilityKey(), "capability.1", "32 to 64 bytes");
    Files.writeString(folder.resolve("active.capability"), "one");
    refused(() -> source.capabilityKey(), "active.capability", "number");
    Files.writeString(folder.resolve("issuer.pem"), "not a key");
    refused(() -> source.issuerKey(), "issuer.pem", "RSA");
    Files.writeString(folder.resolve("certificate-key.pem"), "not a key");
    refused(() -> source.certificateKey(), "certificate-key.pem", "Ed25519");
  }

  @Test
  void theTwoHalvesOfTheCertificateKeyBelongTogether() throws Exception {
    KeyPair key = source.certificateKey();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(new byte[] {1, 2, 3});
    byte[] signed = signature.sign();
    signature.initVerify(key.getPublic());
    signature.update(new byte[] {1, 2, 3});
    assertThat(signature.verify(signed)).isTrue();
    assertThat(source.certificateKey().getPublic()).isEqualTo(key.getPublic());
  }

  @Test
  void secretsAreFoundByAPartOfTheirNames() {
    assertThat(source.namesContaining("tenantry_app"))
        .containsExactly("login.tenantry_app_a", "login.tenantry_app_b");
    assertThat(source.namesContaining("nobody")).isEmpty();
    assertThat(new DirectoryCredentialSource(folder.resolve("none")).namesContaining("a"))
        .isEmpty();
  }

  @Test
  void credentialsDoNotPrintTheirPassword() {
    LoginCredentials login = source.login(Duty.APP);
    assertThat(login.toString()).doesNotContain(login.password());
  }

  private static void refused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_UNREADABLE))
        .hasMessageContainingAll(parts);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
