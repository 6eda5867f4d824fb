import 'reflect-metadata';

jest.setTimeout(30_000);
