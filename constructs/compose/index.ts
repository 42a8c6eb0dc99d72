/** The L1 constructs: every element of the Compose specification, complete and typed. */
export * from './element';
export * from './generated/config';
export * from './generated/model';
export * from './generated/network';
export * from './generated/secret';
export * from './generated/service';
export * from './generated/shared';
export * from './generated/volume';
