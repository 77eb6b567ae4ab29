package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.BusyMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Shows when the handler of one exchange on a shared connection is busy with a signal, whether its
 * body is guarded or not: meanwhile the server may be kept from sending to the others.
 */
final class MarkedExchangeHandler implements AsyncClientExchangeHandler {
  private final AsyncClientExchangeHandler handler;
  private final BusyMark mark;

  MarkedExchangeHandler(AsyncClientExchangeHandler handler, BusyMark mark) {
    this.handler = handler;
    this.mark = mark;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    mark.begins();
    try {
      handler.produceRequest(channel, context);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    mark.begins();
    try {
      handler.produce(channel);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    mark.begins();
    try {
      handler.consumeInformation(response, context);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    mark.begins();
    try {
      handler.consumeResponse(response, entity, context);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    mark.begins();
    try {
      handler.updateCapacity(channel);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    mark.begins();
    try {
      handler.consume(bytes);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    mark.begins();
    try {
      handler.streamEnd(trailers);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void failed(Exception cause) {
    mark.begins();
    try {
      handler.failed(cause);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void releaseResources() {
    handler.releaseResources();
  }

  /** Cancels the exchange. Any thread. */
  @Override
  public void cancel() {
    handler.cancel();
  }

  @Override
  public int available() {
    return handler.available();
  }
}
