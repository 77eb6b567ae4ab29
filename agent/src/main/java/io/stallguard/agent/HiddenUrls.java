package io.stallguard.agent;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * URLs of what the jar hides. The JDK's own for files in jars would open the jar once more, and
 * find another one there if it was overwritten.
 */
final class HiddenUrls extends URLStreamHandler {
  private static final String PROTOCOL = "stallguard";

  private final HiddenFiles files;

  /**
   * The URL from which all others are made, which takes no rights: under a security manager we may
   * have none.
   */
  private final URL root;

  HiddenUrls(HiddenFiles files) throws MalformedURLException {
    this.files = files;
    this.root = new URL(PROTOCOL, "", -1, "/", this);
  }

  /** The URL of a file; null where there is no such file. */
  @Nullable URL of(String name) {
    try {
      return files.has(name) ? new URL(root, name) : null;
    } catch (MalformedURLException e) {
      // The protocol is that of the root.
      return null;
    }
  }

  /** Loads what it takes to open a URL: that comes from the jar as well. */
  void prepare() {
    openConnection(root);
  }

  @Override
  protected URLConnection openConnection(URL url) {
    return new Connection(url, files);
  }

  /** Reads one file. */
  private static final class Connection extends URLConnection {
    private final HiddenFiles files;

    Connection(URL url, HiddenFiles files) {
      super(url);
      this.files = files;
    }

    @Override
    public void connect() {
      // There is nothing to connect to.
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream in = files.open(getURL().getPath().substring(1));
      if (in == null) {
        throw new FileNotFoundException(getURL().toString());
      }
      return in;
    }
  }
}
