package io.stallguard.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key and self-signed certificate for the loopback names, made by the JDK's own keytool: there is
 * no public API that signs a certificate, and a library would end up on the class path of every
 * test.
 */
record Identity(KeyStore keyStore, String password, TrustStore trustStore) {

  /** For a server in a network namespace of its own: an address that nobody has (RFC 5737). */
  private static final String IN_NAMESPACE = "192.0.2.1";

  private static final String PASSWORD = "stallguard";
  private static final String ALIAS = "localhost";
  private static final long KEYTOOL_SECONDS = 60;

  /** The identity that all servers of this JVM share: a key pair costs about a second. */
  static Identity shared() {
    return Holder.IDENTITY;
  }

  private static Identity create() {
    try {
      Path folder = Files.createTempDirectory("stallguard-testing");
      Path keyFile = folder.resolve("server.p12");
      Path trustFile = folder.resolve("trust.jks");
      List.of(folder, keyFile, trustFile).forEach(path -> path.toFile().deleteOnExit());
      keytool(keyFile);
      KeyStore keys = load(keyFile);
      return new Identity(
          keys, PASSWORD, TrustStore.write(trustFile, PASSWORD, keys.getCertificate(ALIAS)));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot make a certificate for localhost", e);
    }
  }

  private static void keytool(Path keyFile) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-validity",
            "30",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1,ip:" + IN_NAMESPACE,
            "-storetype",
            "PKCS12",
            "-keystore",
            keyFile.toString(),
            "-storepass",
            PASSWORD,
            "-keypass",
            PASSWORD);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    // In the machine's charset, as a tool prints to its terminal.
    String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (exitCode(process) != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  private static int exitCode(Process process) throws IOException {
    try {
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("keytool did not end within " + KEYTOOL_SECONDS + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IOException("interrupted while keytool ran", e);
    }
  }

  private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** Makes the identity when it is first asked for. */
  private static final class Holder {

    static final Identity IDENTITY = create();
  }
}
